import pg from 'pg'

type Connected = Parameters<pg.Pool['connect']>[0]

/** Which organisation each connection was told last; new ones know none and show nobody's rows. */
const told = new WeakMap<pg.PoolClient, string>()

/**
 * A pool whose connections show the rows of the organisation for which the running code takes them. It is told to a connection only where it
 * knows another one, and always outside a transaction, whose end would take it back.
 */
export class OrganisationPool extends pg.Pool {
  readonly #organisation: () => string

  constructor(config: pg.PoolConfig, organisation: () => string) {
    super(config)
    this.#organisation = organisation
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: Connected): void
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    const ready = this.#readyFor(this.#organisation())
    if (!callback) return ready
    ready.then(
      (client) => callback(undefined, client, client.release),
      (trouble: Error) => callback(trouble, undefined, () => {}),
    )
    return undefined
  }

  async #readyFor(organisation: string): Promise<pg.PoolClient> {
    const client = await super.connect()
    if ((told.get(client) ?? '') === organisation) return client
    try {
      await client.query(telling(organisation))
    } catch (trouble) {
      client.release(true)
      throw trouble
    }
    told.set(client, organisation)
    return client
  }
}

function telling(organisation: string): pg.QueryConfig {
  return { name: 'tell-organisation', text: `select set_config('pe.organisation', $1, false)`, values: [organisation] }
}
