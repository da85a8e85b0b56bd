#!/usr/bin/env node
console.log('hi', process.cwd(), process.argv.slice(2))
