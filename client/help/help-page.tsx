import { TextInput } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import { PageHead } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { handbook } from './handbook.ts'
import { helpWords } from './help-words.ts'
import type { Section } from './read-sections.ts'
import { findSections } from './read-sections.ts'
import { SectionText } from './section-text.tsx'

const route = getRouteApi('/$school/help')

function SectionShown({ section, isWanted }: { section: Section; isWanted: boolean }) {
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isWanted) head.current?.focus()
  }, [isWanted])
  return (
    <section className="section help-section">
      <h2 ref={head} tabIndex={-1} lang="en">
        {section.title}
      </h2>
      <SectionText of={section} />
    </section>
  )
}

function Contents({ sections }: { sections: readonly Section[] }) {
  const words = useWords(helpWords)
  const { slug } = useSchool()
  return (
    <nav className="help-contents" aria-label={words.contents}>
      <ul lang="en" dir="ltr">
        {sections.map((section) => (
          <li key={section.slug}>
            <Link to="/$school/help" params={{ school: slug }} search={{ section: section.slug }}>
              {section.title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The whole handbook; the section that the address names has the focus. */
export function HelpPage() {
  const words = useWords(helpWords)
  const { section: wanted } = route.useSearch()
  const [typed, setTyped] = useState('')
  const text = typed.trim()
  const sections = findSections(handbook, text)
  usePageTitle(words.title)
  return (
    <div className="page help-page">
      <PageHead title={words.title} />
      <div className="help-find">
        <TextInput
          type="search"
          label={words.find}
          placeholder={words.placeholder}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <span role="status" className="dim">
          {text && words.found(sections.length)}
        </span>
      </div>
      {sections.length === 0 && <Empty title={words.nothing(text)} hint={words.nothingHint} />}
      <div className="help-columns">
        {sections.length > 0 && <Contents sections={sections} />}
        <div>
          {sections.map((section) => (
            <SectionShown key={section.slug} section={section} isWanted={section.slug === wanted} />
          ))}
        </div>
      </div>
    </div>
  )
}
