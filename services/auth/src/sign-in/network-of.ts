import ipaddr from 'ipaddr.js'

/**
 * The network that a caller commands: an IPv4 address, of IPv6 the 64 bits that one household is given. An IPv4 address that is written as
 * IPv6 is the same caller; whatever is no address stands for all who have none.
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'unknown'
  const read = ipaddr.process(address)
  if (read.kind() === 'ipv4') return read.toString()
  const bytes = read.toByteArray()
  return `${ipaddr.fromByteArray([...bytes.slice(0, 8), ...bytes.slice(0, 8).fill(0)]).toString()}/64`
}
