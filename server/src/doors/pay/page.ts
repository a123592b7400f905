import { centsToDecimal } from '../../platform/money.ts'
import { type Instant, Temporal } from '../../platform/time.ts'
import { WORDS, type Words } from './words.ts'

/** What the page shows of a session. */
export interface PayPage {
  sessionId: string
  payee: string
  description: string
  amountCents: number
  currency: string
  language: 'en' | 'es'
  saveMethod: boolean
  returnUrl: string
  status: 'open' | 'paid' | 'declined' | 'cancelled'
  expiresAt: Instant
}

export interface TestMethod {
  token: string
  lastFour: string
  label: { en: string; es: string }
}

interface View {
  language: 'en' | 'es'
  methods: readonly TestMethod[]
  now: Instant
}

/** This will write the payment page; undefined: there is no such session. Everything from outside is escaped. */
export function payPage(page: PayPage | undefined, view: View): string {
  const words = WORDS[view.language]
  const body = page ? bodyOf(page, view, words) : `<h1>${words.unknown}</h1><p>${words.unknownHint}</p>`
  const other = view.language === 'en' ? 'es' : 'en'
  return `<!doctype html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<link rel="stylesheet" href="/pay/style.css">
</head>
<body>
<main>
${body}
</main>
<footer><p>${words.sandbox} <a href="?lang=${other}" lang="${other}" hreflang="${other}">${WORDS[other].thisLanguage}</a></p></footer>
</body>
</html>
`
}

function bodyOf(page: PayPage, view: View, words: Words): string {
  const head = `<h1>${words.payTo} ${escapeText(page.payee)}</h1>
<p class="muted">${escapeText(page.description)}</p>
<p class="amount">${money(page, view.language)}</p>`
  const over = Temporal.Instant.compare(page.expiresAt, view.now) <= 0
  if (page.status === 'open' && !over) return `${head}\n${form(page, view, words)}`
  const [kind, text] = stateOf(page, words)
  return `${head}
<p class="note ${kind}" role="status">${text}</p>
<a class="button" href="${escapeText(page.returnUrl)}">${words.back} ${escapeText(page.payee)}</a>`
}

function stateOf({ status }: PayPage, words: Words): [string, string] {
  if (status === 'paid') return ['good', words.paid]
  if (status === 'declined') return ['bad', words.declined]
  return ['', status === 'cancelled' ? words.cancelled : words.expired]
}

function form(page: PayPage, { methods, language }: View, words: Words): string {
  const choices = methods.map(
    ({ token, lastFour, label }, index) =>
      `<label><input type="radio" name="method" value="${escapeText(token)}"${index === 0 ? ' checked' : ''}><span>${escapeText(label[language])} (•••• ${escapeText(lastFour)})</span></label>`,
  )
  const saved = page.saveMethod ? `<p class="note">${words.saved}</p>\n` : ''
  return `<form method="post" action="/pay/${encodeURIComponent(page.sessionId)}?lang=${language}">
<fieldset><legend>${words.choose}</legend>
${choices.join('\n')}
</fieldset>
${saved}<button type="submit">${words.pay} ${money(page, language)}</button>
<button type="submit" name="cancel" value="yes" class="quiet">${words.cancel}</button>
</form>`
}

function money({ amountCents, currency }: PayPage, language: 'en' | 'es'): string {
  const [whole = '', fraction = ''] = centsToDecimal(amountCents).split('.')
  const grouped = BigInt(whole).toLocaleString(language === 'en' ? 'en-US' : 'es-US')
  return currency === 'USD' ? `$${grouped}.${fraction}` : `${escapeText(currency)} ${grouped}.${fraction}`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}
