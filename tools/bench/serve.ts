import { readConfig } from '@pe/server/config.ts'
import { startServer } from '@pe/server/start-server.ts'

/** The server as `pe serve` starts it, telling its parent where it listens and how to get in. */
const server = await startServer(readConfig())
process.send?.({ url: server.url, operatorToken: server.operatorToken })
process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)))
