/** Names of rooms that only the load gives. */
export const writtenMark = 'load '
