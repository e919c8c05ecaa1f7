// The passage that speaks of what was asked, word for word, or none: the rules of mulu/search/answer.py.
import { find } from "./find.js"
import { foldText } from "./fold.js"
import { isAspect, isNumber, subjects, wanted } from "./query.js"

const LOOKED_AT = 4, READ = 12, WHOLE = 300

export async function answer(reader, queryWords) {
  const words = subjects(queryWords)
  const asked = words.filter(isAspect)
  if (asked.length === words.length) return null
  const needed = wanted(queryWords)
  let best = null
  for (const document of await (await find(reader, words, { facets: ["answering"], first: words.some(isNumber) ? LOOKED_AT : READ })).take(LOOKED_AT, READ)) {
    const fold = text => foldText(text, reader.same, document.pairs).text
    const around = fold(saidOfAll(document).join("\n"))
    for (const [heading, text] of passages(document)) {
      const inside = fold(`${heading}\n${text}`)
      const above = fold(heading)
      const has = (text, some) => some.some(word => text.includes(word))
      const met = needed.filter(some => has(inside, some)).length
      const held = words.filter(word => inside.includes(word)).length + met
      const spokenOf = !asked.length || has(inside, asked)
      const complete = spokenOf && words.every(word => inside.includes(word) || around.includes(word))
      const named = needed.filter(some => has(above, some)).length + words.filter(word => above.includes(word)).length
      const score = named * 256 + held
      if (held && met === needed.length && complete && (!best || score > best.score)) best = { score, document, heading, text }
    }
  }
  return best
}

// What is said of every passage: of questions and answers, each about something else, the title alone.
const saidOfAll = ({ title, about, catalog, facets }) => facets.includes("kind-faq") ? [title] : [title, ...about, ...catalog.map(([, wording]) => wording)]

function passages(document) {
  const found = []
  let heading = "", section = []
  const close = () => {
    const whole = section.join("\n")
    if (!heading || [...whole].length > WHOLE) found.push(...section.filter(Boolean).map(text => [heading, text]))
    else if (whole) found.push([heading, whole])
  }
  document.body.split("\n").forEach((text, number) => {
    if (document.headings.includes(number)) { close(); heading = text; section = [] }
    else section.push(text)
  })
  close()
  return found
}
