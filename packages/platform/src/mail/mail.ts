/** Mail leaves through this port: SMTP when it is set up, else a 0600 file in the data folder. */
export interface Mail {
  send(message: { to: string; subject: string; text: string }): Promise<void>
}
