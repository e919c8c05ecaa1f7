// A finder: facets, sorting, paging and CSV over shards; a shard is loaded when the selection can have rows in it. Without it the page is a plain list.
import { asked, choice, element, fold, line, load, loaded, remember } from "./lists.js"

const SIZE = 50
const ORDERS = { new: "从新到旧", old: "从旧到新", title: "按标题", number: "按文号" }
const HEADS = { id: "信息编号", title: "标题", number: "发文字号", published: "发布日期", validity: "有效性", department: "单位", subject: "主题", kind: "类别", period: "所属期间" }

const box = document.querySelector("[data-mulu-finder]")
const said = box.querySelector("[data-mulu-said]")

function finder(summary) {
  const column = Object.fromEntries(summary.columns.map((name, place) => [name, place]))
  const keys = summary.facets.map(([key]) => key)
  const own = (record, key) => record && Object.hasOwn(record, key) ? record[key] : undefined // not what every object has
  const label = (key, value) => own(summary.labels[key], value) ?? value
  const valueOf = (row, key) => key === "year" ? row[column.published].slice(0, 4) : row[column[key]]
  const given = asked()
  const state = Object.fromEntries([...keys, "q", "sort", "page"].map(key => [key, given[key] ?? ""]))
  if (!Object.hasOwn(ORDERS, state.sort)) state.sort = ""
  for (const key of keys) if (!summary.shards.some(shard => own(shard.facets[key], state[key]))) state[key] = ""

  const holds = (shard, except) => keys.every(key => key === except || !state[key] || own(shard.facets[key], state[key]))
  const fits = (row, except) => keys.every(key => key === except || !state[key] || valueOf(row, key) === state[key])
    && fold(state.q).split(/\s+/).every(word => fold(`${row[column.title]} ${row[column.number]}`).includes(word))
  const chosen = () => keys.filter(key => state[key])
  // A shard is one year: with a year and one more facet, its own counts say how many rows there are.
  const counted = () => !state.q && chosen().filter(key => key !== "year").length < 2

  async function rowsOf(shards) {
    const loaded = await Promise.all(shards.map(shard => load(shard.file)))
    return loaded.flatMap(each => each.rows).filter(row => fits(row))
  }

  function total(shards) {
    const [key] = chosen().filter(each => each !== "year")
    return shards.reduce((sum, shard) => sum + (key ? own(shard.facets[key], state[key]) ?? 0 : shard.rows), 0)
  }

  const sorters = {
    title: (a, b) => a[column.title].localeCompare(b[column.title], "zh"),
    number: (a, b) => a[column.number].localeCompare(b[column.number], "zh", { numeric: true }),
  }

  // What the page itself lists first; unless something is chosen, it is the first page, and no shard is loaded for it.
  const newest = [...box.querySelectorAll("[data-mulu-rows] li")].slice(0, SIZE)
  const untouched = () => !chosen().length && !state.q && !state.sort

  // The lines of one page, and how many there are: shard by shard where dates and counts allow it, else all that can fit.
  async function found(first) {
    if (!first && untouched()) return [newest, total(summary.shards)]
    const [rows, count] = await rowsFrom(first)
    return [rows.map(row => line(`../items/${row[column.id]}.html`, row[column.title],
      [row[column.validity], row[column.number], label("department", row[column.department])], row[column.published])), count]
  }

  async function rowsFrom(first) {
    const shards = summary.shards.filter(shard => holds(shard))
    if (sorters[state.sort] || !counted()) {
      const rows = await rowsOf(shards)
      if (state.sort === "old") rows.reverse()
      else if (state.sort) rows.sort(sorters[state.sort])
      return [rows.slice(first, first + SIZE), rows.length]
    }
    if (state.sort === "old") shards.reverse()
    const rows = []
    let passed = 0
    for (const shard of shards) {
      const here = total([shard])
      if (passed + here > first && rows.length < SIZE) {
        const these = await rowsOf([shard])
        if (state.sort === "old") these.reverse()
        rows.push(...these.slice(Math.max(0, first - passed)))
      }
      passed += here
    }
    return [rows.slice(0, SIZE), passed]
  }

  function draw(lines, count, page) {
    box.querySelector("[data-mulu-rows]").replaceChildren(element("ul", { className: "mulu-list" }, ...lines))
    const last = Math.max(1, Math.ceil(count / SIZE))
    said.textContent = count ? `共 ${count} 条${last > 1 ? `，第 ${page} 页，共 ${last} 页` : ""}` : "没有符合条件的信息，可以放宽条件。"
    const turn = (to, text) => {
      const button = element("button", { type: "button", textContent: text })
      button.addEventListener("click", () => { state.page = to > 1 ? String(to) : ""; show(); box.scrollIntoView() })
      return button
    }
    const save = element("button", { type: "button", textContent: `下载这 ${count} 条（CSV）` })
    save.addEventListener("click", download)
    box.querySelector("[data-mulu-pages]").replaceChildren(...(page > 1 ? [turn(page - 1, "‹ 上一页")] : []),
      ...(page < last ? [turn(page + 1, "下一页 ›")] : []), ...(count ? [save] : []))
  }

  let turn = 0
  async function show() {
    const mine = ++turn
    remember(state)
    try {
      const wanted = Math.max(1, parseInt(state.page, 10) || 1)
      const [lines, count] = await found((wanted - 1) * SIZE)
      if (mine !== turn) return
      if (!lines.length && count && wanted > 1) { state.page = String(Math.ceil(count / SIZE)); return show() }
      draw(lines, count, wanted)
      recount()
    } catch (error) {
      if (mine === turn) said.textContent = `有一部分数据没有取到（${error.message}），请稍后再试，或者查看下面按年份的列表。`
    }
  }

  async function download() {
    const rows = await rowsOf(summary.shards.filter(shard => holds(shard)))
    recount()
    if (sorters[state.sort]) rows.sort(sorters[state.sort])
    else if (state.sort === "old") rows.reverse()
    const cell = text => /^[=+\-@\t\r]/.test(text) ? `"'${text.replaceAll('"', '""')}"` : `"${text.replaceAll('"', '""')}"`
    const lines = [[...summary.columns.map(name => HEADS[name]), "网址"],
      ...rows.map(row => [...summary.columns.map(name => label(name, row[column[name]])), new URL(`../items/${row[column.id]}.html`, location).href])]
    const text = lines.map(each => each.map(cell).join(",")).join("\r\n")
    const address = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv" }))
    element("a", { href: address, download: `${box.dataset.muluFinder}.csv` }).click()
    setTimeout(() => URL.revokeObjectURL(address), 1000)
  }

  const form = box.querySelector("[data-mulu-facets]")
  const values = key => {
    const listed = [...new Set(summary.shards.flatMap(shard => Object.keys(shard.facets[key])))].map(value => [value, label(key, value)])
    return key === "year" ? listed.sort((a, b) => b[0] - a[0]) : listed.sort((a, b) => a[1].localeCompare(b[1], "zh"))
  }

  // How many rows each value of a facet would give with everything else that is chosen; null where that cannot be told without loading more.
  function counts(key) {
    const shards = summary.shards.filter(shard => holds(shard, key))
    const count = new Map()
    const add = (value, more) => count.set(value, (count.get(value) ?? 0) + more)
    if (!state.q && chosen().every(each => each === key || each === "year")) {
      for (const shard of shards) for (const [value, more] of Object.entries(shard.facets[key])) add(value, more)
      return count
    }
    const files = shards.map(shard => loaded(shard.file))
    if (!files.every(Boolean)) return null
    for (const { rows } of files) for (const row of rows) if (fits(row, key)) add(valueOf(row, key), 1)
    return count
  }

  function recount() {
    for (const key of keys) {
      const count = counts(key)
      for (const option of form.elements[key].options) {
        if (option.value) option.textContent = label(key, option.value) + (count ? `（${count.get(option.value) ?? 0}）` : "")
      }
    }
  }

  const query = element("input", { type: "search", name: "q", value: state.q, placeholder: "标题或者文号里的字" })
  query.setAttribute("aria-label", "标题或者文号里的字")
  const order = element("select", { name: "sort" }, ...Object.entries(ORDERS).map(([code, text]) => element("option", { value: code === "new" ? "" : code, textContent: text })))
  order.setAttribute("aria-label", "排列")
  order.value = state.sort
  form.append(query, ...summary.facets.map(([key, name]) => choice(name, key, values(key), state[key])), order)
  form.addEventListener("input", event => { state[event.target.name] = event.target.value; state.page = ""; show() })
  form.addEventListener("submit", event => event.preventDefault())
  form.hidden = false
  show()
}

load(`${box.dataset.muluFinder}.json`).then(finder, () => { /* from a copied folder: the plain list stays */ })
