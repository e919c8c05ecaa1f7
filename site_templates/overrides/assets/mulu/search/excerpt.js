// The lines in which words stand, with the words marked, and the name of the place: the rules of mulu/search/excerpt.py.
import { foldText } from "./fold.js"

const BEFORE = 30, LENGTH = 120
const line = characters => characters.join("").replace(/\n/g, " ")

export async function excerpt(reader, document, words) {
  const held = text => {
    const folded = foldText(text, reader.same, document.pairs).text
    return words.filter(word => folded.includes(word)).length
  }
  const first = (texts, score) => texts.reduce((best, each) => score(each) > score(best) ? each : best)
  let best = first([["body", document.body, null], ...document.about.map(text => ["about", text, null])], ([, text]) => held(text))
  const missing = words.length - held([...document.strong, ...document.weak].join("\n"))
  if (missing) {
    const listed = (await reader.attached(document)).map((text, number) => ["attachment", text, number])
    best = first([best, ...listed], ([place, text]) => held(text) - (place === "attachment" ? 0 : missing) - (place === "attachment" ? 0.5 : 0))
  }
  if (!held(best[1])) return { place: "title", pieces: [[line([...(document.about[0] ?? document.body)].slice(0, LENGTH)), false]], attachment: null }
  return { place: best[0], pieces: marked(reader, document, best[1], words), attachment: best[2] }
}

export function marked(reader, document, text, words, whole = false) {
  const characters = [...text], places = occurrences(reader, document, text, words), pieces = []
  const start = whole || !places.length ? 0 : Math.max(0, places[0][0] - BEFORE)
  const stop = whole ? characters.length : Math.min(characters.length, start + LENGTH)
  let at = start
  if (start) pieces.push(["…", false])
  for (let [left, right] of places) {
    if (right <= at || left >= stop) continue
    left = Math.max(left, at)
    if (left > at) pieces.push([line(characters.slice(at, left)), false])
    pieces.push([line(characters.slice(left, Math.min(right, stop))), true])
    at = Math.min(right, stop)
  }
  if (at < stop) pieces.push([line(characters.slice(at, stop)), false])
  if (stop < characters.length) pieces.push(["…", false])
  return pieces
}

function occurrences(reader, document, text, words) {
  const { text: folded, sources } = foldText(text, reader.same, document.pairs)
  const places = []
  for (const word of words)
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) places.push([sources[at], sources[at + word.length - 1] + 1])
  return places.sort((a, b) => a[0] - b[0] || a[1] - b[1])
}
