import type { Notice } from './notice.ts'

/** An e-mail's two forms of the same words. */
export interface EmailBody {
  text: string
  html: string
}

/**
 * This will write a notice as an e-mail: plain text, and the same as plain HTML with headings that readers announce,
 * dark ink on white, no images and nothing that is fetched.
 */
export function emailBody(
  notice: Pick<Notice, 'subject' | 'body' | 'language'>,
  companyName: string,
): EmailBody {
  const paragraphs = notice.body
    .split(/\n\s*\n/)
    .map(
      (paragraph) =>
        `<p style="margin:0 0 16px">${linked(escapeHtml(paragraph)).replaceAll('\n', '<br>')}</p>`,
    )
  const html = [
    `<!doctype html><html lang="${notice.language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(notice.subject)}</title></head>`,
    '<body style="margin:0;padding:24px;background:#ffffff;color:#16242d;font:16px/1.5 Arial,Helvetica,sans-serif">',
    '<main style="max-width:600px;margin:0 auto">',
    `<p style="margin:0 0 24px;color:#0b5563;font-size:20px;font-weight:bold">${escapeHtml(companyName)}</p>`,
    `<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">${escapeHtml(notice.subject)}</h1>`,
    ...paragraphs,
    '</main></body></html>',
  ]
  return { text: `${notice.body}\n`, html: html.join('\n') }
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

/** Only whole https addresses become links. */
function linked(html: string): string {
  return html.replace(/https:\/\/[^\s<>]+[^\s<>.,;:)]/g, '<a href="$&" style="color:#0b5563">$&</a>')
}
