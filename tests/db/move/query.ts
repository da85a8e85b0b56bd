import postgres from 'postgres'

export async function on<T = postgres.Row>(url: string, text: string): Promise<T[]> {
  const client = postgres(url, { max: 1, onnotice() {} })
  try {
    return (await client.unsafe(text)) as unknown as T[]
  } finally {
    await client.end()
  }
}
