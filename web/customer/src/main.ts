import '@billwright/kit/styles'
import './start-page.css'

const TITLES: Record<string, string> = {
  en: 'Self-service is on its way · Billwright',
  es: 'El autoservicio está en camino · Billwright',
}

/** Both languages are in the page; the root element's language shows one of them. */
function show(language: string): void {
  document.documentElement.lang = language
  document.title = TITLES[language] ?? 'Billwright'
  for (const button of document.querySelectorAll<HTMLButtonElement>('.languages button'))
    button.setAttribute('aria-pressed', String(button.value === language))
}

for (const button of document.querySelectorAll<HTMLButtonElement>('.languages button'))
  button.addEventListener('click', () => {
    localStorage.setItem('billwright.language', button.value)
    show(button.value)
  })

show(document.documentElement.lang)
