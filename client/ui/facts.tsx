import type { ReactNode } from 'react'

export type Fact = readonly [label: string, value: ReactNode]

export const isKnown = ([, value]: Fact): boolean =>
  value !== null && value !== undefined && value !== '' && value !== false

/** What is known, as label and value; what is not known takes no room. */
export const Facts = ({ facts }: { facts: readonly Fact[] }) => (
  <dl className="facts">
    {facts.filter(isKnown).map(([label, value]) => (
      <div key={label} style={{ display: 'contents' }}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

export const labeled = (
  values: Readonly<Record<string, ReactNode>>,
  labels: Readonly<Record<string, string>>,
): Fact[] => Object.entries(values).map(([name, value]) => [labels[name] ?? name, value])
