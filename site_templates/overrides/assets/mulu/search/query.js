// What a reader typed → words that must all be found: the rules of mulu/search/query.py.
import { foldCharacter } from "./fold.js"

const LENGTH = 200, PICKED = 6, PICKED_OF_NUMBER = 4, SERIAL = 8
const NUMBER = / *\( *((?:19|20)[0-9]{2}) *\) *(第?) *([0-9]+)(?: *(号))?/g
const LABEL = /(?:索引号|发文字号|文号)\s*:\s*/g
const FUNCTION = /请问|怎么样|怎么办|怎么|怎样|如何|什么时候|什么|哪些|在哪里|在哪儿|哪里|哪个|哪儿|在哪|去哪|多少钱|多少|多长时间|多久|几天|能批下来|批下来|找谁|问谁|是不是|是否|能不能|能否|可不可以|可以|需不需要|需要|应该|有没有|为什么|为何|我要|我想|我们|我|吗|呢|的/g
const ASPECT = /(申请|办理|审批|材料|条件|标准|流程|程序|时限|期限|时间|地点|地址|咨询|电话|联系方式|收费|费用|补贴|补助|政策|对象|范围)/
const WANTED = [
  [/多久|多长时间|几天|什么时候|批下来/, ["工作日", "时限", "期限", "时间", "日内"]],
  [/多少钱/, ["元", "收费", "免费"]],
  [/哪里|哪儿|在哪|去哪/, ["地点", "地址", "窗口", "中心"]],
  [/找谁|问谁/, ["找谁", "受理", "电话", "联系"]],
]

const saysSomething = word => /[\p{L}\p{N}]/u.test(word)

export function parse(text, same, simplified) {
  const characters = [...text]
  const folded = characters.slice(0, LENGTH).map(each => foldCharacter(each, same, simplified)).join("").replace(/\n/g, " ").replace(LABEL, " ")
  const split = folded.replace(NUMBER, (_, year, nth, serial, end) => `(${year})${nth}${serial}${end ?? ""}`).split(/\s+/).filter(Boolean)
  const words = [...new Set(split.filter(saysSomething))]
  return { words, ignored: characters.length > LENGTH || !split.every(saysSomething) }
}

export function subjects(words) {
  const said = words.flatMap(word => word.replace(FUNCTION, " ").split(/[^\p{L}\p{N}_()/-]+/u))
  const parts = said.flatMap(each => each.split(ASPECT)).map(part => part.replace(/是$/, ""))
  return [...new Set(parts.filter(part => [...part].length > 1 && saysSomething(part)))]
}

export const isAspect = part => part.replace(ASPECT, "") === ""

export const wanted = words => WANTED.filter(([asked]) => words.some(word => asked.test(word))).map(([, some]) => some)

export function termsToLookUp(word, whole = false) {
  const points = [...word]
  if (points.length === 1) return points
  const serial = points.slice(points.lastIndexOf("/") + 1)
  if (whole && SERIAL < serial.length && serial.length < points.length)
    return [...new Set([serial.slice(3, 5), serial.slice(-3, -1), serial.slice(-2)].map(pair => pair.join("")))]
  let pairs = points.slice(1).map((point, at) => points[at] + point)
  const picked = isNumber(word) ? PICKED_OF_NUMBER : PICKED
  if (pairs.length > picked) pairs = Array.from({ length: picked }, (_, step) => pairs[Math.floor(step * (pairs.length - 1) / (picked - 1))])
  return [...new Set(pairs)]
}

export const isNumber = word => /[0-9]/.test(word) && /[(/]/.test(word)
