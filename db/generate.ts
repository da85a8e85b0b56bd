import { execFileSync } from 'node:child_process'

for (const url of ['file:./data/homeroom.db', 'postgres://not-connected'])
  execFileSync('npx', ['drizzle-kit', 'generate', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: url },
  })
