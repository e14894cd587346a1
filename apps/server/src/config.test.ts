import { CannotStart } from '@pe/platform/postgres/cannot-start.ts'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

describe('settings', () => {
  it('have defaults that suit a laptop', () => {
    expect(readConfig({ HOME: '/home/ada', XDG_DATA_HOME: '/home/ada/data' }, false)).toMatchObject({
      port: 8080,
      database: 'embedded',
      logLevel: 'info',
      readableLog: false,
      mail: { smtp: undefined },
    })
  })

  it('are read from the environment', () => {
    const config = readConfig(
      { HOME: '/home/ada', PE_PORT: '9000', PE_DATA: '~/money', PE_LOG_LEVEL: 'debug', PE_BROWSER: '/usr/bin/chrome' },
      true,
    )
    expect(config).toMatchObject({ port: 9000, dataFolder: '/home/ada/money', logLevel: 'debug', readableLog: true })
  })

  it.each([
    [{ PE_PORT: 'abc' }, "PE_PORT must be a port number from 0 (any free one) to 65535, not 'abc'."],
    [{ PE_PORT: '70000' }, "PE_PORT must be a port number from 0 (any free one) to 65535, not '70000'."],
    [{ PE_PORT: '80.5' }, "PE_PORT must be a port number from 0 (any free one) to 65535, not '80.5'."],
    [{ PE_PROT: '8080' }, 'There is no setting PE_PROT. Did you mean PE_PORT?'],
    [{ PE_BUS: 'kafka://broker' }, "PE_BUS must be 'local' (others are not there yet), not 'kafka://broker'."],
    [{ PE_LOG_LEVEL: 'loud' }, "PE_LOG_LEVEL must be 'debug', 'info', 'warn', 'error' or 'silent', not 'loud'."],
  ])('that are wrong stop the start with one sentence: %j', (environment, sentence) => {
    expect(() => readConfig(environment, false)).toThrow(new CannotStart(sentence))
  })

  it.each([
    [{ PE_LISTEN: '0.0.0.0' }, /^PE_LISTEN=0\.0\.0\.0 lets other machines in, and without TLS passwords could be read on the way\./],
    [
      { PE_LISTEN: '::', PE_INSECURE_HTTP: 'yes' },
      /^PE_INSECURE_HTTP must be 'yes-i-know-that-passwords-travel-in-the-clear', not 'yes'\./,
    ],
    [{ PE_TLS_CERT: '/etc/pe/cert.pem' }, /^PE_TLS_CERT and PE_TLS_KEY go together: one of them is missing\./],
    [{ PE_TRUSTED_PROXIES: '10.0.0.0/8, proxy' }, /^PE_TRUSTED_PROXIES must be addresses or blocks like 10\.0\.0\.0\/8, not 'proxy'\./],
    [{ PE_PUBLIC_URL: 'https://pe.example.org/app' }, /^PE_PUBLIC_URL must be where people reach the server/],
    [{ PE_OWNER_EMAIL: 'ada@example.org' }, /^PE_OWNER_EMAIL and PE_OWNER_PASSWORD go together: one of them is missing\./],
  ])('that would let the wrong ones in stop it, too: %j', (environment, sentence) => {
    expect(() => readConfig(environment, false)).toThrow(sentence)
  })

  it.each([
    { PE_TLS_CERT: '/etc/pe/cert.pem', PE_TLS_KEY: '/etc/pe/key.pem' },
    { PE_TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::1' },
    { PE_INSECURE_HTTP: 'yes-i-know-that-passwords-travel-in-the-clear' },
  ])('let other machines in with %j', (environment) => {
    expect(readConfig({ PE_LISTEN: '0.0.0.0', ...environment }, false).entrance?.address).toBe('0.0.0.0')
  })

  it('of the first person are taken out of the environment', () => {
    const environment = { PE_OWNER_EMAIL: 'ada@example.org', PE_OWNER_PASSWORD: 'correct horse' }
    expect(readConfig(environment, false).owner).toEqual({ email: 'ada@example.org', password: 'correct horse' })
    expect(environment).toEqual({})
  })

  it('that hold a password are not repeated', () => {
    expect(() => readConfig({ PE_DATABASE: 'mysql://root:hunter2@db' }, false)).toThrow(
      new CannotStart("PE_DATABASE must be 'embedded' or postgres://user:password@host:port/database."),
    )
  })

  it('that nobody knows list those there are', () => {
    expect(() => readConfig({ PE_TOTALLY_ELSE: '1' }, false)).toThrow(
      /^There is no setting PE_TOTALLY_ELSE\. The settings are PE_PORT, PE_DATA,/,
    )
  })
})
