import { mkdtemp, readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instant } from '@pe/finance/time/instant.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FixedClock } from '../clock/clock.ts'
import { timeOrderedIds } from '../ids/ids.ts'
import { fileMail } from './file-mail.ts'
import { smtpMail } from './smtp-mail.ts'

describe('mail without a mail server', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pe-mail-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('becomes a file that only we may read, without room for more headers', async () => {
    const clock = new FixedClock(instant('2026-11-22T10:00:00Z'))
    const mail = fileMail(folder, clock, timeOrderedIds(clock))
    await mail.send({ to: 'a@example.org\nBcc: b@example.org', subject: 'Hello', text: 'Good morning' })
    const [name = ''] = await readdir(folder)
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(folder, name), 'utf8')).toBe(
      'To: a@example.org Bcc: b@example.org\nSubject: Hello\nDate: 2026-11-22T10:00:00.000Z\n\nGood morning\n',
    )
  })

  it('goes away after a week', async () => {
    const clock = new FixedClock(instant('2026-11-22T10:00:00Z'))
    const mail = fileMail(folder, clock, timeOrderedIds(clock))
    await mail.send({ to: 'a@example.org', subject: 'Old', text: '' })
    const [old = ''] = await readdir(folder)
    await utimes(join(folder, old), new Date('2026-11-14T10:00:00Z'), new Date('2026-11-14T10:00:00Z'))
    await mail.send({ to: 'a@example.org', subject: 'New', text: '' })
    expect(await readdir(folder)).toHaveLength(1)
    expect(await readdir(folder)).not.toContain(old)
  })
})

it('mail with a mail server is spoken to it', async () => {
  const heard: string[] = []
  const server = createServer((socket) => {
    let inData = false
    socket.write('220 test\r\n')
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split('\r\n').slice(0, -1)) {
        heard.push(line)
        if (inData) {
          if (line === '.') {
            inData = false
            socket.write('250 taken\r\n')
          }
          continue
        }
        inData = line === 'DATA'
        socket.write(inData ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const mail = smtpMail(`smtp://127.0.0.1:${port}`, 'pe@example.org')
  await mail.send({ to: 'a@example.org', subject: 'Hello', text: 'Good morning' })
  for (const to of ['a,other@example.org', 'a<other@example.org>']) await mail.send({ to, subject: 'Not for others', text: '' })
  server.close()
  expect(heard.filter((line) => line.startsWith('RCPT') && line.includes('<other@'))).toEqual([])
  expect(heard).toEqual(expect.arrayContaining(['MAIL FROM:<pe@example.org>', 'RCPT TO:<a@example.org>', 'Subject: Hello', 'Good morning']))
})
