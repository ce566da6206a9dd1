/** Where a test's own clock begins. A store forgets what has expired by its clock, every minute: what is made here is not. Epoch ms */
export const farAhead = Date.UTC(2096, 9, 2, 6, 40)
