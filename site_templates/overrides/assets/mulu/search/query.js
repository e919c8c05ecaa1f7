// What a reader typed → words that must all be found: the rules of mulu/search/query.py.
import { foldCharacter } from "./fold.js"

const LENGTH = 200, PICKED = 6
const NUMBER = / *\( *((?:19|20)[0-9]{2}) *\) *(第?) *([0-9]+)(?: *(号))?/g
const FUNCTION = /请问|怎么样|怎么办|怎么|怎样|如何|什么时候|什么|哪些|哪里|哪个|哪儿|多少|多久|几天|是不是|是否|能不能|能否|可不可以|可以|需不需要|需要|应该|有没有|为什么|为何|我要|我想|我们|我|吗|呢|的/g

const saysSomething = word => /[\p{L}\p{N}]/u.test(word)

export function parse(text, same, simplified) {
  const characters = [...text]
  const folded = characters.slice(0, LENGTH).map(each => foldCharacter(each, same, simplified)).join("").replace(/\n/g, " ")
  const split = folded.replace(NUMBER, (_, year, nth, serial, end) => `(${year})${nth}${serial}${end ?? ""}`).split(/\s+/).filter(Boolean)
  const words = [...new Set(split.filter(saysSomething))]
  return { words, ignored: characters.length > LENGTH || !split.every(saysSomething) }
}

export function subjects(words) {
  const parts = words.flatMap(word => word.replace(FUNCTION, " ").split(/[^\p{L}\p{N}_()/-]+/u))
  return [...new Set(parts.filter(part => [...part].length > 1 && saysSomething(part)))]
}

export function termsToLookUp(word) {
  const points = [...word]
  if (points.length === 1) return points
  let pairs = points.slice(1).map((point, at) => points[at] + point)
  if (pairs.length > PICKED) pairs = Array.from({ length: PICKED }, (_, step) => pairs[Math.floor(step * (pairs.length - 1) / (PICKED - 1))])
  return [...new Set(pairs)]
}

export const isNumber = word => /[0-9]/.test(word) && /[(/]/.test(word)
