// The passage that speaks of what was asked, word for word, or none: the rules of mulu/search/answer.py.
import { find } from "./find.js"
import { foldText } from "./fold.js"
import { subjects } from "./query.js"

const LOOKED_AT = 4, WHOLE = 300

export async function answer(reader, queryWords) {
  const words = subjects(queryWords)
  if (!words.length) return null
  let best = null
  for (const document of await (await find(reader, words, { facets: ["answering"] })).take(LOOKED_AT, Infinity)) {
    const fold = text => foldText(text, reader.same, document.pairs).text
    const around = fold([document.title, ...document.catalog.map(([, wording]) => wording)].join("\n"))
    for (const [heading, text] of passages(document)) {
      const inside = fold(`${heading}\n${text}`)
      const held = words.filter(word => inside.includes(word)).length
      const complete = words.every(word => inside.includes(word) || around.includes(word))
      const score = held * 64 + words.filter(word => fold(heading).includes(word)).length
      if (held && complete && (!best || score > best.score)) best = { score, document, heading, text }
    }
  }
  return best
}

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
