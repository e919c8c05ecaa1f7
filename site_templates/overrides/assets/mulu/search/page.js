// The search page: results as you type, filters, addresses that carry the whole question. All text goes in as text, never as HTML.
const PAGE = 6, PAUSE = 120
const RULES = ["answer", "excerpt", "find", "query", "reader"]
const at = id => document.getElementById(`mulu-${id}`)
const root = new URL("../../../", import.meta.url)
const selects = [...document.querySelectorAll("[data-mulu-facet]")]
const ENDED = new Set(["已废止", "失效"])

function element(name, content = [], attributes = {}) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...[content].flat())
  return made
}

const pieces = listed => listed.map(([text, hit]) => hit ? element("mark", text) : text)
const about = found => element("span", [
  ...(found.validity ? [element("span", found.validity, { class: `mulu-state ${ENDED.has(found.validity) ? "overdue" : found.validity === "已修改" ? "stale" : "published"}` })] : []),
  ...[found.kind, found.number, found.source].filter(Boolean).map(text => element("span", text)),
  element("time", found.published, { datetime: found.published }),
], { class: "mulu-aside" })
const link = (found, content) => element("a", content, { href: new URL(`items/${encodeURIComponent(found.id)}.html`, root) })

async function line(reader, found, words) {
  const { excerpt, marked } = state.rules
  const { place, pieces: quoted, attachment } = await excerpt(reader, found, words)
  const parts = [element("h2", link(found, pieces(marked(reader, found, found.title, words, true))))]
  if (attachment !== null) {
    const [address, title] = found.attachments[attachment]
    parts.push(element("p", ["见附件：", element("a", title, { href: new URL(address, root), download: "" })]))
  }
  if (quoted.some(([text]) => text)) parts.push(element("p", pieces(quoted), { "data-mulu-place": place }))
  const catalog = found.catalog.flatMap(([id, wording]) => {
    const shown = marked(reader, found, wording, words, true)
    return shown.some(([, hit]) => hit) ? [element("p", ["目录事项：", element("a", pieces(shown), { href: new URL(`entries/${encodeURIComponent(id)}.html`, root) })])] : []
  })
  return element("li", [...parts, ...catalog, about(found)], { "data-mulu-hit": found.id })
}

function showAnswer(reader, best) {
  const box = at("search-answer")
  box.hidden = best === undefined
  if (best === undefined) return
  if (!best) return box.replaceChildren(element("h2", "直接答复"), element("p", "没有找到可以直接引用的答复。"))
  box.replaceChildren(
    element("h2", "直接答复（原文摘录）"), ...(best.heading ? [element("h3", best.heading)] : []),
    element("blockquote", best.text.split("\n").map(text => element("p", text))),
    element("p", ["出处：", link(best.document, best.document.title)]), about(best.document),
  )
}

const state = { opening: null, reader: null, rules: null, turn: 0, hits: null, words: [] }

// Rules and manifest come when somebody is about to ask, all at once; a page that is only looked at does without them.
function opened() {
  return state.opening ??= open().catch(fault => { state.opening = null; throw fault })
}

async function open() {
  state.rules = Object.assign({}, ...await Promise.all(RULES.map(name => import(`./${name}.js`))))
  return state.reader = await new state.rules.Reader(new URL("search/v1/", root)).open()
}

const asked = () => ({
  text: at("q").value,
  facets: selects.filter(select => select.value).map(select => `${select.dataset.muluFacet}-${select.value}`),
  entry: new URLSearchParams(location.search).get("entry") ?? "",
})

function remember({ text, entry }) {
  const parameters = new URLSearchParams()
  if (text) parameters.set("q", text)
  for (const select of selects) if (select.value) parameters.set(select.dataset.muluFacet, select.value)
  if (entry) parameters.set("entry", entry)
  history.replaceState(null, "", `${location.pathname}${parameters.size ? `?${parameters}` : ""}`)
}

async function look(reader, text, filters) {
  const { find, parse } = state.rules
  let query = parse(text, reader.same, reader.simplified)
  reader.lacking.clear()
  let hits = await find(reader, query.words, filters)
  if ((reader.missed || query.words.some(word => [...word].length > 7 && !hits.known.has(word))) && !reader.simplified.size) {
    await reader.openSimplified()
    const again = parse(text, reader.same, reader.simplified)
    if (again.words.join(" ") !== query.words.join(" ")) hits = await find(reader, (query = again).words, filters)
  }
  return { query, hits }
}

async function search() {
  const turn = ++state.turn, question = asked()
  remember(question)
  const filtered = question.facets.length || question.entry
  if (!question.text.trim() && !filtered) return show("", [], undefined)
  try {
    const reader = await opened()
    sayWhat(reader.manifest)
    const { query, hits } = await look(reader, question.text, question)
    if (turn !== state.turn) return
    if (!query.words.length && !filtered) return show(question.text.trim() ? "只有标点或者表情，没有可以查找的字。请写上要查的字词。" : "", [], undefined)
    let taken = await hits.take(PAGE)
    while (!taken.length && !hits.done && turn === state.turn) taken = await hits.take(PAGE)
    const lines = await Promise.all(taken.map(found => line(reader, found, query.words)))
    if (turn !== state.turn) return
    Object.assign(state, { hits, words: query.words })
    show(said(hits, taken.length, query, filtered), lines, undefined)
    entryChip(question.entry, taken)
    if (!taken.length) suggest(query.words)
    const best = query.words.length && !filtered ? await state.rules.answer(reader, query.words) : undefined
    if (turn === state.turn) showAnswer(reader, best)
  } catch (fault) { failed(fault, turn) }
}

function sayWhat({ documents, attachments, unread }) {
  at("search-count").textContent = `现在能查的有 ${documents} 条信息和 ${attachments} 个附件${unread ? `；另有 ${unread} 个附件的文字读不出来，或者太长只查了前面` : ""}。`
}

function said(hits, shown, query, filtered) {
  const left = query.ignored ? "（标点和 200 字以后的部分没有查）" : ""
  if (hits.done && !shown && filtered) return `选定的范围里没有${query.words?.length ? "一条信息有全部这些字词" : "信息"}。${left}可以放宽范围，或者少写几个词。`
  if (hits.done) return shown ? `找到 ${shown} 条，全部列出。${left}` : `没有一条信息里有全部这些字词。${left}可以少写几个词，或者换一个说法。`
  return hits.exact ? `找到 ${hits.atMost} 条，先列 ${shown} 条。${left}` : `先列 ${shown} 条，都核对过原文；至多 ${hits.atMost} 条。${left}`
}

function show(text, lines, best) {
  at("search-status").textContent = text
  at("search-hits").replaceChildren(...lines)
  at("search-more").hidden = !lines.length || !state.hits || state.hits.done
  showAnswer(state.reader, best)
}

// What a question is about, where its very words stand nowhere.
function suggest(words) {
  const parts = state.rules.subjects(words)
  if (!parts.length || parts.join(" ") === words.join(" ")) return
  const button = element("button", parts.join(" "), { type: "button" })
  button.addEventListener("click", () => { at("q").value = parts.join(" "); search(); at("q").focus() })
  at("search-status").append(" 只查：", button)
}

async function more() {
  const turn = state.turn, { hits, words, reader } = state
  try {
    let taken = await hits.take(PAGE)
    while (!taken.length && !hits.done && turn === state.turn) taken = await hits.take(PAGE)
    const lines = await Promise.all(taken.map(found => line(reader, found, words)))
    if (turn !== state.turn) return
    at("search-hits").append(...lines)
    const shown = at("search-hits").children.length
    at("search-status").textContent = said(hits, shown, { ignored: false })
    at("search-more").hidden = hits.done
    lines[0]?.querySelector("a").focus()
  } catch (fault) { failed(fault, turn) }
}

function failed(fault, turn) {
  if (turn !== state.turn) return
  show(`查找数据有一部分没有取到（${fault.message}），现在查不全。请稍后再试，或者看完整的列表：`, [], undefined)
  at("search-status").append(...[["disclosure/index.html", "按类别和年份"], ["catalog/topics.html", "全部公开事项"]].flatMap(([address, text]) => [" ", element("a", text, { href: new URL(address, root) })]))
  console.info(fault)
}

function entryChip(entry, taken) {
  const chip = at("search-entry")
  chip.hidden = !entry
  const wording = taken.flatMap(found => found.catalog).find(([id]) => id === entry)?.[1] ?? entry
  chip.textContent = `只看：${wording}　✕`
  chip.setAttribute("aria-label", `不再只看目录事项“${wording}”`)
}

async function start() {
  at("search-static").hidden = true
  at("search-filters").hidden = false
  const parameters = new URLSearchParams(location.search)
  at("q").value = parameters.get("q") ?? ""
  for (const select of selects) {
    select.value = parameters.get(select.dataset.muluFacet) ?? ""
    if (select.selectedIndex < 0) select.value = ""
    select.addEventListener("change", search)
  }
  let waiting
  const soon = event => { if (!event.isComposing) { clearTimeout(waiting); waiting = setTimeout(search, PAUSE) } }
  at("q").addEventListener("input", soon)
  at("q").addEventListener("compositionend", () => soon({}))
  at("q").addEventListener("focus", () => opened().catch(() => { /* said when something is asked */ }), { once: true })
  at("search-form").addEventListener("submit", event => { event.preventDefault(); clearTimeout(waiting); search() })
  at("search-filters").addEventListener("submit", event => event.preventDefault())
  at("search-more").addEventListener("click", more)
  at("search-entry").addEventListener("click", () => { history.replaceState(null, "", location.pathname); at("search-entry").hidden = true; search() })
  await search()
}

start()
