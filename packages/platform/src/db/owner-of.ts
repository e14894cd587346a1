/** The role that owns the schema of a service. Nobody signs in as it; the service's own role does what only an owner may do by `set role`. */
export function ownerOf(service: string): string {
  return `pe_${service}_owner`
}
