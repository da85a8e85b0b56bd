/** A bare hour before this one means the afternoon: no school begins at four in the morning. */
const firstHour = 7

/**
 * '9', '9:50', '13.15', '950', '9h50', '1:15 pm' as 'HH:MM'; undefined for what is no time. '2:30' is half past two in the
 * afternoon, and '02:30' is at night.
 */
export function readTime(text: string): string | undefined {
  const found = /^(\d{1,2})(?:\s*[:.h]\s*(\d\d)?|(\d\d))?\s*([ap])?\.?\s?(?:m\.?)?$/i.exec(text.trim())
  if (!found) return undefined
  const [, typed = '', apart, together, half] = found
  const [hour, minute] = [Number(typed), Number(apart ?? together ?? 0)]
  if (half && (hour < 1 || hour > 12)) return undefined
  const isAfternoon = half ? half.toLowerCase() === 'p' : typed.length === 1 && hour > 0 && hour < firstHour
  const read = (half ? hour % 12 : hour) + (isAfternoon ? 12 : 0)
  if (read > 23 || minute > 59) return undefined
  return `${String(read).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
