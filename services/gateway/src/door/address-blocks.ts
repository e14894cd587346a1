import ipaddr from 'ipaddr.js'

const fourParts = /^\d{1,3}(\.\d{1,3}){3}$/

/** Whether an address, as `plainAddress` writes it, lies within. */
export type Blocks = (address: string) => boolean

/** Blocks in CIDR notation, as auth and config.ts have checked them. What cannot be read lies in none. */
export function blocksOf(texts: readonly string[]): Blocks {
  const blocks = texts.map((text) => (text.includes('/') ? ipaddr.parseCIDR(text) : single(text)))
  return (address) => {
    if (!ipaddr.isValid(address)) return false
    const asked = ipaddr.process(address)
    return blocks.some((block) => block[0].kind() === asked.kind() && asked.match(block))
  }
}

/** Whether a text is an address or a block of addresses in CIDR notation. */
export function isBlock(text: string): boolean {
  return ipaddr.isValidCIDR(text) || (ipaddr.isValid(text) && (text.includes(':') || fourParts.test(text)))
}

function single(text: string): ReturnType<typeof ipaddr.parseCIDR> {
  const address = ipaddr.parse(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

const loopback = blocksOf(['127.0.0.0/8', '::1/128'])

export function isLoopback(address: string): boolean {
  return loopback(address)
}

/** The one way of writing an address: an IPv4 that came over IPv6 is the IPv4. Undefined for what is none. */
export function plainAddress(text: string): string | undefined {
  if (fourParts.test(text)) return ipaddr.IPv4.isValidFourPartDecimal(text) ? text : undefined
  const bare = text.split('%', 1)[0] ?? ''
  return ipaddr.IPv6.isValid(bare) ? ipaddr.process(bare).toString() : undefined
}

/** Who shares a budget: an IPv4 address, or the /64 of an IPv6, all of which one customer is given. */
export function neighbourhood(address: string): string {
  if (!address.includes(':')) return address
  return `${ipaddr.IPv6.parse(address).toNormalizedString().split(':').slice(0, 4).join(':')}::/64`
}
