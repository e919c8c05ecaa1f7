// One form for all writings of a character, each character by itself: the rules of mulu/search/fold.py.
const LATIN = /[0-9a-z\u00c0-\u024f]/
const kept = new Map()

export const pairsOf = text => {
  const characters = [...text]
  const pairs = new Map()
  for (let at = 0; at < characters.length; at += 2) pairs.set(characters[at], characters[at + 1])
  return pairs
}

// `same` maps signs (manifest.json), `simplified` traditional characters.
export function foldCharacter(character, same, simplified) {
  let parts = kept.get(character)
  if (parts === undefined) kept.set(character, parts = [...character.normalize("NFKC").toLowerCase()])
  let made = ""
  for (const part of parts) {
    const sign = same.get(part)
    made += sign === undefined ? simplified.get(part) ?? part : sign === "\0" ? "" : sign
  }
  return made
}

// The folded text, and for each of its UTF-16 units the index of the character of `text` that it comes from.
export function foldText(text, same, simplified) {
  let made = "", gap = false, last = -1
  const sources = []
  let index = 0
  for (const character of text) {
    for (const point of foldCharacter(character, same, simplified)) {
      if (point === " ") { gap = true; continue }
      if (gap && LATIN.test(point) && LATIN.test(made.at(-1) ?? "")) { made += " "; sources.push(last) }
      gap = false
      made += point
      for (let unit = 0; unit < point.length; unit++) sources.push(index)
      last = index
    }
    index++
  }
  return { text: made, sources }
}
