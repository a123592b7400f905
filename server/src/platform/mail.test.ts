import { afterAll, expect, test } from 'vitest'
import { openMailServer } from '../../test/support/mail-server.ts'
import { createMailer, MailError } from './mail.ts'

const server = await openMailServer()
const mailer = createMailer({ smtpUrl: server.url, from: 'Town Light <bills@town.example>' })
afterAll(() => {
  mailer.close()
  server.close()
})

const mail = {
  to: { name: 'Ana O’Neil', address: 'ana@home.example' },
  subject: 'Su factura está lista',
  text: 'Señora:\n\n.un punto\n',
  html: '<p>Señora</p>',
  id: '1-42-7',
  language: 'es',
}

test('a mail arrives with both forms of its words and what is attached', async () => {
  const attachments = [
    { fileName: 'b.pdf', mediaType: 'application/pdf', content: new Uint8Array([1, 0, 255]) },
  ]
  await mailer.send({ ...mail, attachments })
  const [caught] = server.caught
  expect(caught).toMatchObject({ from: 'bills@town.example', to: ['ana@home.example'] })
  expect(caught?.headers['message-id']).toBe('<1-42-7@town.example>')
  expect(caught?.headers['content-language']).toBe('es')
  expect(caught?.parts['text/plain']?.toString().replaceAll('\r\n', '\n')).toContain('Señora:\n\n.un punto')
  expect(caught?.parts['text/html']?.toString()).toContain('<p>Señora</p>')
  expect(caught?.parts['application/pdf']).toEqual(Buffer.from([1, 0, 255]))
})

test('a name or subject cannot add headers or recipients', async () => {
  server.caught.length = 0
  const to = { name: 'Ana\r\nBcc: all@town.example', address: 'ana@home.example' }
  await mailer.send({ ...mail, to, subject: 'one\r\nX-Two: 2' })
  const [caught] = server.caught
  expect(caught?.to).toEqual(['ana@home.example'])
  expect(caught?.headers).not.toHaveProperty('bcc')
  expect(caught?.headers).not.toHaveProperty('x-two')
})

test('a refused recipient is final, one that is put off is not', async () => {
  const failureOf = async (answer: string) => {
    server.answers.set('ana@home.example', answer)
    return await mailer.send(mail).then(
      () => undefined,
      (error: unknown) => error,
    )
  }
  const refused = await failureOf('550 no such mailbox')
  expect(refused).toBeInstanceOf(MailError)
  expect(refused).toMatchObject({ refused: true, message: expect.stringContaining('no such mailbox') })
  expect(await failureOf('451 come back later')).toMatchObject({ refused: false })
  server.answers.clear()
})

test('a server is checked before it is needed; one that is away is not refused for good', async () => {
  await mailer.check()
  const away = createMailer({ smtpUrl: 'smtp://127.0.0.1:9', from: 'bills@town.example' })
  await expect(away.check()).rejects.toBeInstanceOf(MailError)
  await expect(away.send(mail)).rejects.toMatchObject({ refused: false })
  away.close()
})
