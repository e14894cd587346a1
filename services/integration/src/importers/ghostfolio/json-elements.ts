import Tokenizer from '@streamparser/json/tokenizer.js'
import TokenParser from '@streamparser/json/tokenparser.js'
import TokenType from '@streamparser/json/utils/types/tokenType.js'
import { brokenFile } from '../source/broken-file.ts'

/** One element of a list, or one object, near the top of the file, with the lines of itself and of its own keys. */
export interface JsonElement {
  /** 'activities', 'accounts', 'user' … */
  readonly part: string
  readonly value: unknown
  readonly line: number
  readonly keyLines: Readonly<Record<string, number>>
}

/** Reads the objects of a JSON file one at a time: lists like `activities` are never held whole. Broken or truncated JSON is refused with its line. */
export async function* jsonElements(
  text: AsyncIterable<string>,
  lists: readonly string[],
  objects: readonly string[],
): AsyncGenerator<JsonElement> {
  const lines = new LineOfOffset()
  const place = new Place(lines)
  const found: JsonElement[] = []
  let trouble: Error | null = null
  const tokenizer = new Tokenizer()
  const parser = new TokenParser({
    paths: [...lists.map((list) => `$.${list}.*`), ...objects.map((name) => `$.${name}`)],
    keepStack: false,
  })
  const fail = (reason: string): void => {
    trouble ??= brokenFile(lines.line, `the JSON is broken: ${reason.replace(/ in state \w+$/, '').replace(/ at position "\d+"/, '')}`)
  }
  tokenizer.onError = (error) => fail(error.message)
  parser.onError = (error) => fail(error.message)
  tokenizer.onToken = (token) => {
    if (trouble) return
    lines.moveTo(token.offset)
    place.see(token.token, token.value)
    parser.write(token)
  }
  parser.onValue = ({ value, key, stack }) => {
    const list = stack.at(-1)?.key
    found.push({ part: String(stack.length > 1 ? list : key), value, line: place.elementLine, keyLines: place.keyLines })
  }
  for await (const chunk of text) {
    const bytes = Buffer.from(chunk)
    lines.feed(bytes)
    tokenizer.write(bytes)
    if (trouble) throw trouble
    yield* found
    found.length = 0
  }
  if (!parser.isEnded) throw brokenFile(lines.end(), 'the file ends in the middle')
}

/** Lines of byte offsets that only grow. */
class LineOfOffset {
  line = 1
  #fed = 0
  #breaks: number[] = []

  feed(bytes: Uint8Array): void {
    for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) this.#breaks.push(this.#fed + at)
    this.#fed += bytes.length
  }

  moveTo(offset: number): void {
    let passed = 0
    while (passed < this.#breaks.length && (this.#breaks[passed] ?? 0) < offset) passed++
    this.line += passed
    if (passed > 0) this.#breaks = this.#breaks.slice(passed)
  }

  end(): number {
    this.moveTo(this.#fed)
    return this.line
  }
}

/** Where in the file the parser stands: the line of the object at depth 2 or 3 and of its keys. */
class Place {
  elementLine = 1
  keyLines: Record<string, number> = {}
  readonly #lines: LineOfOffset
  #depth = 0
  /** Depth at which the present element's keys stand: 2 for an object of the root, 3 for one in a list of the root. */
  #keyDepth = 0
  #lastText: string | null = null

  constructor(lines: LineOfOffset) {
    this.#lines = lines
  }

  see(token: TokenType, value: unknown): void {
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) {
      this.#depth += 1
      const inList = this.#depth === 3 && this.#keyDepth === 0
      if (token === TokenType.LEFT_BRACE && (this.#depth === 2 || inList)) {
        this.#keyDepth = this.#depth
        this.elementLine = this.#lines.line
        this.keyLines = Object.create(null)
      }
    } else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) {
      if (this.#depth === this.#keyDepth) this.#keyDepth = 0
      this.#depth -= 1
    } else if (token === TokenType.COLON && this.#depth === this.#keyDepth && this.#lastText !== null) {
      this.keyLines[this.#lastText] = this.#lines.line
    }
    this.#lastText = token === TokenType.STRING && typeof value === 'string' ? value : null
  }
}
