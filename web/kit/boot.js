// Runs before the first paint, so that a remembered theme, density and language never flash. It must stay a file of its
// own: the content security policy allows no inline script.
;(() => {
  const root = document.documentElement
  const read = (key) => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }
  const scheme = read('billwright.theme') || 'auto'
  const dark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.mantineColorScheme = dark ? 'dark' : 'light'
  root.dataset.density = read('billwright.density') || 'comfortable'
  root.lang = read('billwright.language') || (navigator.language.startsWith('es') ? 'es' : 'en')
})()
