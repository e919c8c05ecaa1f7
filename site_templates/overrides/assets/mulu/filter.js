// What a page can do beyond being read: filter a list or table in place. Pages are whole without it.
// A classic script in a block of its own: it works from a copied folder, and a portal's names are not in its way.
{
  const fold = text => text.normalize("NFKC").toLowerCase()

  function filter(box) {
    const tools = box.closest("#mulu-content").querySelector("[data-mulu-tools]")
    if (!tools) return
    const query = tools.querySelector("[data-mulu-query]")
    const selects = [...tools.querySelectorAll("[data-mulu-select]")]
    const count = tools.querySelector("[data-mulu-count]")
    const rows = [...box.querySelectorAll("[data-mulu-row]")].map(row => ({
      row, words: fold(`${row.dataset.words ?? ""} ${row.textContent}`),
    }))
    const groups = [...box.querySelectorAll("[data-mulu-group]")]

    const apply = () => {
      const words = fold(query.value).split(/\s+/).filter(Boolean)
      let shown = 0
      for (const { row, words: text } of rows) {
        const fits = words.every(word => text.includes(word)) && selects.every(select =>
          !select.value || (row.dataset[select.dataset.muluSelect] ?? "").split("|").includes(select.value))
        row.hidden = !fits
        shown += fits
      }
      for (const group of groups) group.hidden = !group.querySelector("[data-mulu-row]:not([hidden])")
      box.classList.toggle("filtered", shown < rows.length)
      count.textContent = shown < rows.length ? `${shown} / ${rows.length} 项` : ""
    }
    query.value = new URLSearchParams(location.search).get("q") ?? ""
    query.addEventListener("input", apply)
    for (const select of selects) select.addEventListener("change", apply)
    tools.hidden = false
    apply()
  }

  for (const box of document.querySelectorAll("[data-mulu-filter]")) filter(box)
}
