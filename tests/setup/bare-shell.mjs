#!/usr/bin/env node
import { spawnSync } from 'node:child_process'

const [program, ...args] = process.argv.at(-1).split(' ')
const { status } = spawnSync(program, args, { stdio: 'inherit' })
process.exit(status ?? 1)
