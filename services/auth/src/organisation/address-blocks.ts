import { Refused, type RefusedDetail } from '@pe/platform/http/refused.ts'
import ipaddr from 'ipaddr.js'

/** A block of addresses: its network and how many bits of it count. */
type Block = ReturnType<typeof ipaddr.parseCIDR>

/** An IPv4 address that came over IPv6 (::ffff:192.0.2.1) has its first 96 bits spent on saying so. */
const mappedBits = 96

/** Blocks as they are kept: networks in CIDR notation, each once; a single address is a block of one. Refuses `bad_request`, naming each that is none. */
export function readBlocks(texts: readonly string[]): string[] {
  const wrong: RefusedDetail[] = []
  const blocks = texts.flatMap((text, place) => {
    const block = readBlock(text.trim())
    if (!block)
      wrong.push({ path: `allowedAddresses.${place}`, detail: `'${text}' is no address and no block of addresses like 192.0.2.0/24` })
    return block ? [networkOf(block)] : []
  })
  if (wrong.length > 0) throw new Refused('bad_request', 'some of these are no blocks of addresses', wrong)
  return [...new Set(blocks)]
}

/** Whether an address lies in one of the blocks; everything does while there is none. What cannot be read lies in no block. */
export function isAllowed(address: string, blocks: readonly string[]): boolean {
  if (blocks.length === 0) return true
  if (!ipaddr.isValid(address)) return false
  const asked = ipaddr.process(address)
  return blocks.some((text) => {
    const block = readBlock(text)
    return block?.[0].kind() === asked.kind() && asked.match(block)
  })
}

/** Four decimal parts only for IPv4: 010.0.0.1, 0x0a.1 and 10.1 are other addresses to other programs. No zones (fe80::1%eth0): they mean something on one machine only. */
function readBlock(text: string): Block | undefined {
  const { IPv4, IPv6 } = ipaddr
  if (IPv4.isValidCIDRFourPartDecimal(text)) return IPv4.parseCIDR(text)
  if (IPv4.isValidFourPartDecimal(text)) return [IPv4.parse(text), 32]
  if (text.includes('%')) return undefined
  if (IPv6.isValidCIDR(text)) return unmapped(IPv6.parseCIDR(text))
  return IPv6.isValid(text) ? unmapped([IPv6.parse(text), 128]) : undefined
}

function unmapped([network, bits]: [InstanceType<typeof ipaddr.IPv6>, number]): Block {
  return network.isIPv4MappedAddress() && bits >= mappedBits ? [network.toIPv4Address(), bits - mappedBits] : [network, bits]
}

function networkOf([address, bits]: Block): string {
  const text = `${address.toString()}/${bits}`
  const network = address.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text)
  return `${network.toString()}/${bits}`
}
