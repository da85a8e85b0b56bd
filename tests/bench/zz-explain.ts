import { asc, eq, sql, SQL } from 'drizzle-orm'
import { open } from '../../db/database.ts'
import { classes } from '../../db/schema/index.ts'
import { conflictRows } from '../../server/meetings/conflict-rows.ts'
import { conflictValues, findConflicts } from '../../server/meetings/conflicts.ts'
const db = await open()
const [c] = await db.select().from(classes).orderBy(asc(classes.code)).limit(1).offset(30)
if (!c) throw new Error()
const q = { schoolId: c.schoolId, classId: c.id, from: '2026-11-23', to: '2027-06-18', meetings: [1,2,3,4,5].map((weekday) => ({ weekday, cycleDay: null, startTime: '09:20', endTime: '10:05', roomId: c.roomId })) }
const shape = JSON.stringify({ count: 5, hasEnd: true })
const values = conflictValues(q)
const st = conflictRows.statement(db, shape)
const parts = st.sql.split(/\$\d+|\?/)
let order = [...st.sql.matchAll(/\$(\d+)/g)].map((m) => Number(m[1]) - 1)
if (!order.length) order = st.params.map((_, i) => i)
const chunks: SQL[] = []
for (const [i, text] of parts.entries()) {
  chunks.push(sql.raw(text))
  if (i < order.length) { const prm = st.params[order[i] as number] as { name?: string }; chunks.push(sql`${prm && typeof prm === 'object' && 'name' in prm ? values[prm.name as string] ?? null : prm}`) }
}
const pg = process.env.DATABASE_URL?.startsWith('postgres')
const plan = await db.rows<Record<string, unknown>>(sql`${sql.raw(pg ? 'explain (analyze, buffers off)' : 'explain query plan')} ${sql.join(chunks)}`)
for (const row of plan) console.log(pg ? row['QUERY PLAN'] : row.detail)
const cpu0 = process.cpuUsage(); const t: number[] = []
for (let i = 0; i < 100; i++) { const s = performance.now(); await findConflicts(db, q); t.push(performance.now() - s) }
t.sort((a, b) => a - b); const cpu = process.cpuUsage(cpu0); console.log('cpu per query', ((cpu.user + cpu.system) / 1e5).toFixed(2)); console.log('query alone p50', t[50]?.toFixed(2), 'p95', t[95]?.toFixed(2), 'rows', (await conflictRows(db, shape, values)).length)
await db.close()
