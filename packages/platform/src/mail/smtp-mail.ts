import { createTransport } from 'nodemailer'
import type { Mail } from './mail.ts'

/** Mail over SMTP: `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. Certificates are checked. */
export function smtpMail(url: string, from: string): Mail {
  const transport = createTransport(url, { from, disableFileAccess: true, disableUrlAccess: true })
  return {
    async send({ to, subject, text }) {
      // One address as it is: 'x<other@example.org>', as text, would be mail to the other.
      await transport.sendMail({ to: { name: '', address: to }, subject, text })
    },
  }
}
