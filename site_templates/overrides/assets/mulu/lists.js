// What the finders and 政策找人 share: files of rows, rows as lines of a list, and the choice in the address.
const kept = new Map(), there = new Map()

export function load(file) {
  if (!kept.has(file)) kept.set(file, fetch(file).then(answer => {
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`)
    return answer.json()
  }).then(value => { there.set(file, value); return value }).catch(error => { kept.delete(file); throw error }))
  return kept.get(file)
}

// What an earlier load has brought, or undefined: never a request.
export const loaded = file => there.get(file)

export const fold = text => text.normalize("NFKC").toLowerCase()

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children.filter(child => child !== ""))
  return made
}

export const line = (address, title, aside, published) => element("li", {},
  element("a", { href: address, textContent: title }),
  element("span", { className: "mulu-aside" }, ...aside.filter(Boolean).map(text => element("span", { textContent: text })),
    element("time", { dateTime: published, textContent: published })))

export function choice(label, name, options, value) {
  const select = element("select", { name }, element("option", { value: "", textContent: `${label}：不限` }),
    ...options.map(([code, text]) => element("option", { value: code, textContent: text })))
  select.setAttribute("aria-label", label)
  select.value = value
  return select
}

// Addresses can be passed on: what was chosen stands behind the question mark.
export const asked = () => Object.fromEntries(new URLSearchParams(location.search))

export function remember(state) {
  const kept = new URLSearchParams(Object.entries(state).filter(([, value]) => value))
  const query = kept.toString()
  history.replaceState(null, "", query ? `?${query}` : location.pathname)
}
