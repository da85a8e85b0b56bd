/** Home is asked for again while it stands open, and whenever somebody comes back to it. */
export const refreshed = { staleTime: 0, refetchInterval: 300_000 }
