import { BlockList, isIP } from 'node:net'

/** Source: IANA special-purpose address registries (RFC 6890 and later entries); multicast and reserved space too. */
const RESERVED_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const

/** Of the unicast space, what carries an IPv4 address inside, is for documentation or is a protocol's own. */
const RESERVED_IPV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const reservedIpv4 = new BlockList()
for (const [network, prefix] of RESERVED_IPV4) reservedIpv4.addSubnet(network, prefix, 'ipv4')
const reservedIpv6 = new BlockList()
for (const [network, prefix] of RESERVED_IPV6) reservedIpv6.addSubnet(network, prefix, 'ipv6')
const unicastIpv6 = new BlockList()
unicastIpv6.addSubnet('2000::', 3, 'ipv6')

/** This will say whether an IP address is one of the public internet; false for anything that is no address. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !reservedIpv4.check(address, 'ipv4')
  if (isIP(address) === 6) return unicastIpv6.check(address, 'ipv6') && !reservedIpv6.check(address, 'ipv6')
  return false
}
