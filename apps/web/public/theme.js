// Before the first paint: the reader's choice, else the system's. ?theme=dark in the address wins, for previews.
;(() => {
  const asked = new URLSearchParams(location.search).get('theme')
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  let kept = {}
  try {
    kept = JSON.parse(localStorage.getItem('preferences') ?? '{}') ?? {}
  } catch {
    // a private window, or text that somebody else wrote there
  }
  document.documentElement.dataset.theme = asked === 'dark' || asked === 'light' ? asked : (kept.theme ?? system)
  if (kept.signs === 'blue-orange') document.documentElement.dataset.signs = kept.signs
})()
