import { Refused } from '@pe/platform/http/refused.ts'

/** A member of the file's object: a value, or one element of a list (`place` counts from 1). */
export interface Member {
  readonly name: string
  readonly place: number | null
  readonly value: unknown
}

/** A row of a book is far below; a file that opens a string and never closes it must not fill the memory. */
const longestPiece = 16 * 1024 * 1024
const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket, comma, colon] = [34, 92, 123, 125, 91, 93, 44, 58]

type Expecting = 'object' | 'name' | 'value' | 'element' | 'next' | 'nothing'

/**
 * The members of one JSON object as its text streams in, lists element by element: what stands in memory is the element at hand. Text that is
 * no such object is refused, with the place.
 */
export async function* jsonMembers(text: AsyncIterable<string>): AsyncGenerator<Member> {
  let [expecting, name, place]: [Expecting, string, number] = ['object', '', 0]
  let [kept, depth, inString, escaped] = ['', 0, false, false]
  const where = () => (name === '' ? 'at its beginning' : place > 0 ? `in ${name}, row ${place}` : `in ${name}`)
  const broken = (why: string) => new Refused('file_broken', `${where()}: ${why}`)
  const parsed = (piece: string): unknown => {
    try {
      return JSON.parse(piece)
    } catch {
      throw broken('this is no JSON')
    }
  }
  for await (const chunk of text) {
    let from = 0
    const piece = (end: number): string => {
      const whole = kept + chunk.slice(from, end)
      kept = ''
      from = end + 1
      return whole
    }
    for (let at = 0; at < chunk.length; at++) {
      const sign = chunk.charCodeAt(at)
      if (inString) {
        if (escaped) escaped = false
        else if (sign === backslash) escaped = true
        else if (sign === quote) inString = false
        continue
      }
      if (sign === quote) inString = true
      else if (sign === openBrace || sign === openBracket) {
        const begins = expecting === 'object' ? sign === openBrace : expecting === 'value' && sign === openBracket
        if (depth > 0 || !begins || !blank(kept + chunk.slice(from, at))) depth += 1
        else {
          piece(at)
          expecting = expecting === 'object' ? 'name' : 'element'
        }
      } else if ((sign === closeBrace || sign === closeBracket) && depth > 0) depth -= 1
      else if (depth > 0) continue
      else if (sign === colon && expecting === 'name') {
        const said = parsed(piece(at))
        if (typeof said !== 'string') throw broken('a name is missing')
        ;[name, place, expecting] = [said, 0, 'value']
      } else if (sign === comma || sign === closeBrace || sign === closeBracket) {
        const whole = piece(at)
        const empty = blank(whole)
        if (expecting === 'element' && sign !== closeBrace) {
          if (!empty || sign === comma || place > 0) {
            place += 1
            yield { name, place, value: parsed(whole) }
          }
          if (sign === closeBracket) expecting = 'next'
        } else if (expecting === 'value' && sign !== closeBracket) {
          yield { name, place: null, value: parsed(whole) }
          expecting = sign === comma ? 'name' : 'nothing'
        } else if (expecting === 'next' && sign !== closeBracket && empty) expecting = sign === comma ? 'name' : 'nothing'
        else throw broken('this is no JSON')
      }
    }
    kept += chunk.slice(from)
    if (kept.length > longestPiece) throw broken('this is longer than any row of a book')
  }
  if (expecting !== 'nothing' || !blank(kept)) throw broken(expecting === 'object' ? 'this is no JSON object' : 'the file ends too early')
}

function blank(text: string): boolean {
  return text.trim() === ''
}
