// Reads the index below search/v1/: shards, filters, texts (mulu/search/shards.py, postings.py, document.py). Each file is loaded once.
import { pairsOf } from "./fold.js"
import { termsToLookUp } from "./query.js"

const BLOCK = 4
const FIELDS = ["id", "title", "number", "index_number", "forms", "catalog", "kind", "source", "published", "validity", "facets", "about", "body", "attachments", "simplified", "headings"]

export class MissingFile extends Error {}

export function hashed(term) {
  let value = 2166136261
  for (const point of term) value = Math.imul(value ^ point.codePointAt(0), 16777619)
  value >>>= 0
  return (value ^ value >>> 15) >>> 0
}

// Golomb–Rice codes → a byte per document that is 1 for those in the list.
export function decode(bytes, length, documents) {
  const found = new Uint8Array(documents)
  const ratio = length ? Math.floor(documents * 11 / (length * 16)) : 0
  const k = ratio ? 31 - Math.clz32(ratio) : 0
  let at = 0, number = -1
  const bit = () => bytes[at >> 3] >> (7 - (at++ & 7)) & 1
  for (let index = 0; index < length; index++) {
    let gap = 0
    while (!bit()) gap++
    for (let low = 0; low < k; low++) gap = gap << 1 | bit()
    number += gap + 1
    found[number] = 1
  }
  return found
}

export function unpack(buffer) {
  const bytes = new Uint8Array(buffer)
  const stop = 4 + new DataView(buffer).getUint32(0, true)
  const names = stop > 4 ? new TextDecoder().decode(bytes.subarray(4, stop)).split("\n") : []
  let at = stop
  const number = () => {
    let value = 0, shift = 0
    while (bytes[at] & 0x80) { value |= (bytes[at++] & 0x7f) << shift; shift += 7 }
    return value | bytes[at++] << shift
  }
  const terms = new Map(names.map(name => [name, { count: number(), size: number(), strongCount: number(), strongSize: number() }]))
  for (const [size, place] of [["size", "everywhere"], ["strongSize", "strong"]])
    for (const held of terms.values()) { held[place] = bytes.subarray(at, at + held[size]); at += held[size] }
  return terms
}

export class Reader {
  constructor(base) {
    this.base = base
    this.kept = new Map()
    this.loaded = { files: 0, bytes: 0 }
    this.simplified = new Map()
    this.lacking = new Map()
  }

  async open() {
    this.manifest = JSON.parse(new TextDecoder().decode(await this.load("manifest.json", "", "no-cache")))
    if (this.manifest.version !== 1) throw new MissingFile("manifest.json")
    this.same = pairsOf(this.manifest.same)
    return this
  }

  // Whether something that was looked up stands nowhere.
  get missed() {
    return [...this.lacking.values()].some(parts => parts.size === this.manifest.segments.length)
  }

  // The table of traditional characters; a query needs it only when it has a character that no text has.
  async openSimplified() {
    const { from, to } = JSON.parse(new TextDecoder().decode(await this.load("simplified.json")))
    const target = [...to]
    this.simplified = new Map([...from].map((character, at) => [character, target[at]]))
  }

  load(name, version = "", cache = "default") {
    if (!this.kept.has(name)) {
      const loading = this.fetched(name, version, cache)
      this.kept.set(name, loading)
      loading.catch(() => this.kept.delete(name))
    }
    return this.kept.get(name)
  }

  async fetched(name, version, cache) {
    const path = name.split("/").map(encodeURIComponent).join("/")
    const answer = await fetch(new URL(path + (version && `?v=${version}`), this.base), { cache }).catch(() => null)
    if (!answer?.ok) throw new MissingFile(name)
    const buffer = await answer.arrayBuffer()
    this.loaded.files++
    this.loaded.bytes += buffer.byteLength
    return buffer
  }

  async list(part, term, strong) {
    const name = `${part.name}/terms/${(hashed(term) % part.shards).toString(16)}.bin`
    const held = unpack(await this.load(name, part.version)).get(term)
    if (!held && !term.includes("=")) this.lacking.set(term, new Set(this.lacking.get(term)).add(part.name))
    const count = held ? strong ? held.strongCount : held.count : 0
    return { count, set: decode(held ? strong ? held.strong : held.everywhere : [], count, part.documents) }
  }

  async withWord(part, word, strong, whole) {
    return intersection(await Promise.all(termsToLookUp(word, whole).map(async term => (await this.list(part, term, strong)).set)), part.documents)
  }

  async withEntry(part, entry) {
    return (await this.list(part, `entry=${entry}`, false)).set
  }

  async withNumber(part, word) {
    return (await this.list(part, `number=${word}`, false)).set
  }

  async withFacet(part, facet) {
    if (!part.filters.includes(facet)) return new Uint8Array(part.documents)
    const buffer = await this.load(`${part.name}/filters/${facet}.bin`, part.version)
    return decode(new Uint8Array(buffer, 4), new DataView(buffer).getUint32(0, true), part.documents)
  }

  async document(part, number) {
    const buffer = await this.load(`${part.name}/texts/${Math.floor(number / BLOCK)}.u16`, part.version)
    const values = JSON.parse(new TextDecoder("utf-16le").decode(buffer))[number % BLOCK]
    const document = Object.fromEntries(FIELDS.map((field, at) => [field, values[at]]))
    document.strong = [document.title, document.number, document.index_number, ...document.forms, ...document.catalog.map(([, words]) => words)]
    document.weak = [...document.about, document.body, ...document.attachments.map(([, title]) => title)]
    document.pairs = pairsOf(document.simplified)
    document.version = part.version
    return document
  }

  async attached(document) {
    if (!document.attachments.some(([, , searched]) => searched)) return []
    return JSON.parse(new TextDecoder("utf-16le").decode(await this.load(`attachments/${document.id}.u16`, document.version)))
  }
}

export function intersection(sets, documents) {
  const made = sets.length ? sets[0].slice() : new Uint8Array(documents).fill(1)
  for (const set of sets.slice(1)) for (let number = 0; number < documents; number++) made[number] &= set[number]
  return made
}
