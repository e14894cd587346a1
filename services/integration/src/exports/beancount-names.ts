import { isCurrency } from '@pe/finance/money/currency.ts'

/** Names in beancount's own alphabet, each once: 'Depot (Main)' becomes Depot-Main, a second one Depot-Main-2. */
export class BeancountNames {
  readonly #taken = new Set<string>()
  readonly #names = new Map<string, string>()

  /** A part of an account's name: a capital or a digit, then letters, digits and hyphens. */
  account(id: string, name: string): string {
    return this.#name(id, () => {
      const plain = ascii(name)
        .replace(/[^A-Za-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
      return plain === '' ? 'Account' : plain.charAt(0).toUpperCase() + plain.slice(1)
    })
  }

  /** A commodity: capitals, digits and ' . _ -, a letter first, a letter or digit last, 24 at most; never that of a currency. */
  commodity(id: string, name: string): string {
    return this.#name(id, () => {
      const plain = ascii(name)
        .toUpperCase()
        .replace(/[^A-Z0-9._-]+/g, '-')
        .replace(/^[^A-Z]+/, '')
        .slice(0, 20)
        .replace(/[^A-Z0-9]+$/, '')
      return plain.length < 2 || isCurrency(plain) ? `X-${plain || 'UNKNOWN'}` : plain
    })
  }

  #name(id: string, make: () => string): string {
    const known = this.#names.get(id)
    if (known) return known
    const base = make()
    let name = base
    for (let count = 2; this.#taken.has(name); count++) name = `${base}-${count}`
    this.#taken.add(name)
    this.#names.set(id, name)
    return name
  }
}

function ascii(text: string): string {
  return text
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
}
