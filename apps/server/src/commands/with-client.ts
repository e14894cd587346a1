import { type Client, createClient } from '@pe/sdk/client.ts'
import { type Config, readConfig } from '../config.ts'
import { readOperatorToken } from '../operator-token.ts'
import { runningServer } from '../server-file.ts'
import { startServer } from '../start-server.ts'
import { showSteps } from '../terminal/steps.ts'

/** Runs with a client of the server that works on the data folder; where none does, one is started for as long as it takes. */
export async function withClient<R>(run: (client: Client) => Promise<R>, config: Config = readConfig()): Promise<R> {
  const running = await runningServer(config.dataFolder)
  if (running) return run(operatorsClient(running, await readOperatorToken(config.dataFolder)))

  const steps = showSteps({ onlyTerminal: true })
  const quiet: Config = {
    ...config,
    port: 0,
    entrance: undefined,
    logLevel: config.logLevel === 'debug' ? 'debug' : 'silent',
    webFolder: undefined,
  }
  const server = await startServer(quiet, { onStep: steps.begin }).finally(steps.end)
  const stop = () => void server.stop().finally(() => process.exit(130))
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    return await run(operatorsClient(`http://127.0.0.1:${server.port}`, server.operatorToken))
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    await server.stop()
  }
}

/** Who can read the token in the data folder asks as the operator. */
function operatorsClient(url: string, token: string | undefined): Client {
  return createClient({ baseUrl: `${url}/api/v1`, ...(token ? { headers: { Authorization: `Bearer ${token}` } } : {}) })
}
