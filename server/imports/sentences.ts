/** The import speaks to whoever sits at the command line. Its options have other names on the screen. */
const others: readonly (readonly [RegExp, string])[] = [
  [/: say --accept-shrink$/, ', or accept that there are fewer rows'],
  [/,? or say --accept-shrink( if so few rows are right)?/g, ', or accept that there are fewer rows'],
  [/: say --dates mdy where .*$/, ': choose on the page Imports which comes first, and drop the files again'],
  [/as --dates (mdy|dmy) says/g, 'as you chose'],
  [/though --dates says mdy/g, 'though you chose month first'],
  [/though --dates says dmy/g, 'though you chose day first'],
  [/, or once "homeroom school set [^"]*"/g, ''],
  [/say --source and a name for it/g, 'give that system a name below'],
  [/say --source and a shorter name/g, 'give it a shorter name'],
  [/say --source ("[^"]*"|[\w.:/@-]+)/g, 'write $1 as the name of the system below'],
  [/or the system by --source/g, 'or give the system a name below'],
  [/--source/g, 'the name of the system'],
]

export const onScreen = (message: string): string =>
  others.reduce((text, [from, to]) => text.replace(from, to), message)
