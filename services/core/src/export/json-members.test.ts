import { describe, expect, it } from 'vitest'
import { jsonMembers, type Member } from './json-members.ts'

const file = '{"a": "x\\"],}", "list": [ {"n":[1,{"m":"]"}]}, null ,"two"], "none":[ ],"o":{"p":[1]},"last":[[]]}\n'

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

async function read(text: string, size = 7): Promise<Member[]> {
  const members: Member[] = []
  for await (const member of jsonMembers(pieces(text, size))) members.push(member)
  return members
}

describe('the members of an object that streams in', () => {
  it('are the same wherever the pieces end', async () => {
    const whole = await read(file, file.length)
    expect(whole).toEqual([
      { name: 'a', place: null, value: 'x"],}' },
      { name: 'list', place: 1, value: { n: [1, { m: ']' }] } },
      { name: 'list', place: 2, value: null },
      { name: 'list', place: 3, value: 'two' },
      { name: 'o', place: null, value: { p: [1] } },
      { name: 'last', place: 1, value: [] },
    ])
    for (let size = 1; size < 12; size++) expect(await read(file, size)).toEqual(whole)
  })

  it.each([
    ['', 'no JSON object'],
    ['[1]', 'no JSON'],
    ['date,amount', 'no JSON'],
    ['{"a":[1,2', 'in a, row 1: the file ends too early'],
    ['{"a":[1,]}', 'in a, row 2: this is no JSON'],
    ['{"a":[1 2]}', 'no JSON'],
    ['{"a":[1]]}', 'no JSON'],
    ['{"a":1}x', 'too early'],
    ['{"a" 1}', 'no JSON'],
    ['{"a":"b', 'too early'],
    ['{"a":{]}', 'no JSON'],
  ])('%s is refused', async (text, detail) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'file_broken', detail: expect.stringContaining(detail) })
  })
})
