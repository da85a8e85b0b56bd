#!/usr/bin/env node
/** The command runs in this process, so that signals reach it. The sources are built first when they have changed. */
import './npm-shell.mjs'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { stampOfBuild, stampOfSources } from './build.mjs'

/** A process of its own gives the build's memory back. */
function build() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('build.mjs', import.meta.url))], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const stop = (signal) => child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop)
  return new Promise((resolve) =>
    child.once('exit', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM']) process.removeListener(name, stop)
      resolve({ code, signal })
    }),
  )
}

const sources = stampOfSources()
if (sources && sources !== stampOfBuild()) {
  console.error('Building Homeroom …')
  const { code, signal } = await build()
  if (signal) process.exit(1)
  if (code) {
    console.error('Homeroom could not be built: mend what is named above, then run this again')
    process.exit(1)
  }
}
const built = new URL('../../dist/server/homeroom.js', import.meta.url)
if (!existsSync(built)) {
  console.error('There is nothing to run: neither dist/ nor the sources to build it from are here')
  process.exit(1)
}
await import(built)
