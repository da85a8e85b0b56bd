import { statSync } from 'node:fs'
import type { TestSpecification } from 'vitest/node'
import { BaseSequencer } from 'vitest/node'

const projects = ['unit', 'postgresql', 'sqlite']

/** By project, since a worker takes the next file only of its own project; within each the largest files first. */
export class Order extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const keyed = files.map((file) => ({
      file,
      place: projects.indexOf(file.project.name),
      size: statSync(file.moduleId).size,
    }))
    return keyed.toSorted((a, b) => a.place - b.place || b.size - a.size).map(({ file }) => file)
  }
}
