// Hits in their order, each verified in its text: the rules of mulu/search/find.py. Texts are loaded only for what is asked for.
import { foldText } from "./fold.js"
import { isNumber } from "./query.js"
import { intersection } from "./reader.js"

const PLACES = 2 ** 21
const AHEAD = 32 // texts that are asked for before they are needed

export async function find(reader, words, filters) {
  const segments = reader.manifest.segments
  const asked = words.filter(isNumber)
  const numbers = await Promise.all(segments.map(part => Promise.all(asked.map(word => reader.withNumber(part, word)))))
  const known = new Set(asked.filter((_, at) => numbers.some(sets => sets[at].includes(1))))
  const parts = await Promise.all(segments.map((part, segment) => candidates(reader, part, segment, words, filters, numbers[segment], known)))
  return new Hits(reader, words, known, parts.flat().sort((a, b) => a.key - b.key).slice(0, filters.first))
}

async function candidates(reader, part, segment, words, filters, numbers, known) {
  const [everywhere, strong, facets, entry, ended] = await Promise.all([
    Promise.all(words.map(word => reader.withWord(part, word, false, known.has(word)))),
    Promise.all(words.map(word => reader.withWord(part, word, true, known.has(word)))),
    Promise.all((filters.facets ?? []).map(facet => reader.withFacet(part, facet))),
    filters.entry ? reader.withEntry(part, filters.entry) : null,
    reader.withFacet(part, "ended"),
  ])
  const all = intersection([...everywhere, ...facets, ...(entry ? [entry] : [])], part.documents)
  const found = []
  for (let number = 0; number < part.documents; number++) {
    if (!all[number]) continue
    const whole = numbers.reduce((sum, set) => sum + set[number], 0)
    const rank = strong.reduce((sum, set) => sum + set[number], whole)
    found.push({ number, segment, ended: ended[number], whole, key: place(rank, ended[number], segment, number) })
  }
  return found
}

// Smaller is earlier: more strong words, in force, newer.
const place = (rank, ended, segment, number) => (((1024 - rank) * 2 + ended) * 16 + segment) * PLACES + (PLACES - 1 - number)

class Hits {
  constructor(reader, words, known, listed) {
    this.reader = reader
    this.words = words
    this.known = known
    this.listed = listed
    this.atMost = listed.length
    this.exact = words.every(word => [...word].length <= 2)
    this.next = 0
    this.waiting = []
  }

  get done() {
    return this.next >= this.listed.length && !this.waiting.length
  }

  // At most `count` more hits; after `reads` texts it gives what it has, and can be asked again. Of a number that is found whole little else is awaited.
  async take(count, reads = this.listed[this.next]?.whole ? Math.ceil(count / 3) : 2 * count) {
    const taken = []
    const last = this.next + reads
    while (taken.length < count && !this.done) {
      const candidate = this.listed[this.next]
      if (this.waiting.length && (!candidate || this.waiting[0].key <= candidate.key)) { taken.push(this.waiting.shift().document); continue }
      if (this.next >= last) break
      for (const ahead of this.listed.slice(this.next, Math.min(last, this.next + Math.min(AHEAD, count - taken.length)))) this.document(ahead).catch(() => {})
      const document = await this.document(candidate)
      this.next++
      const rank = await this.rank(document)
      if (rank === null || !document.title) continue
      const key = place(rank + candidate.whole, candidate.ended, candidate.segment, candidate.number)
      const at = this.waiting.findIndex(each => each.key > key)
      this.waiting.splice(at < 0 ? this.waiting.length : at, 0, { key, document })
    }
    return taken
  }

  document(candidate) {
    return this.reader.document(this.reader.manifest.segments[candidate.segment], candidate.number)
  }

  async rank(document) {
    const fold = text => foldText(text, this.reader.same, document.pairs).text
    const strong = fold(document.strong.join("\n")), weak = fold(document.weak.join("\n"))
    let rank = 0
    for (const word of this.words) {
      if (strong.includes(word)) rank += 1
      else if (!weak.includes(word) && !(await this.reader.attached(document)).some(text => fold(text).includes(word))) return null
    }
    return rank
  }
}
