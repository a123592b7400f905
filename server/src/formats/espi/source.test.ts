import { describe, expect, it } from 'vitest'
import { inspectGreenButton } from './inspect.ts'
import { eachEntry } from './source.ts'

const feed = (content: string) => `<feed><entry><content>${content}</content></entry></feed>`
const usagePoint = (kind: string) =>
  `<UsagePoint><ServiceCategory><kind>${kind}</kind></ServiceCategory></UsagePoint>`

describe('eachEntry', () => {
  it('hands over entries with their lines, and the rest as the root', async () => {
    const seen: [string, number][] = []
    const text =
      '<?xml version="1.0"?>\n<a:feed xmlns:a="x">\n<a:title>t</a:title><a:entry>\n</a:entry>\n<a:entry/></a:feed>\n'
    const root = await eachEntry(text, (entry, line) => seen.push([`${entry.namespace}:${entry.name}`, line]))
    expect(seen).toEqual([
      ['x:entry', 3],
      ['x:entry', 5],
    ])
    expect(root).toMatchObject({ name: 'feed', namespace: 'x', children: [{ name: 'title', text: 't' }] })
  })

  it('is not misled by entries in comments, CDATA and attributes', async () => {
    const text = feed(
      `<!-- </entry> --><title t="a > b"><![CDATA[</entry><entry>]]></title>${usagePoint('1')}`,
    )
    const facts = await inspectGreenButton(`<!-- <entry> -->${text}`)
    expect(facts).toMatchObject({ entries: 1, content: { title: 1, UsagePoint: 1 }, serviceKinds: [1] })
  })

  it('decodes character references and CDATA', async () => {
    const facts = await inspectGreenButton(
      `<feed><link rel="self" href="?a=1&amp;b&#61;2"/><entry><content>${usagePoint('<![CDATA[2]]>')}</content></entry></feed>`,
    )
    expect(facts).toMatchObject({ feedSelf: '?a=1&b=2', serviceKinds: [2] })
  })

  it.each([
    ['a thousand nested elements', feed(`${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}`)],
    ['a name that would reach the prototype', feed('<__proto__/>')],
    ['text before the root', 'start,kWh <feed></feed>'],
    ['an unknown entity', '<feed><title>&nope</title></feed>'],
  ])('refuses %s', async (_name, text) => {
    await expect(inspectGreenButton(text)).rejects.toMatchObject({ name: 'Refusal', code: 'xml_broken' })
  })
})
