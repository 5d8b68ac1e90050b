import { X } from "lucide-react"
import { useEffect, useRef, useState } from "react"

// What was understood of a question, as chips. Taking one away asks again without it.
export default function Understood() {
  const [asked, setAsked] = useState(false)
  const shown = useRef(null)
  // Asked again by a click far above: what comes of it would stand out of sight.
  useEffect(() => {
    if (props.again) shown.current?.scrollIntoView({ block: "start" })
  }, [])
  const remove = (chip) => {
    setAsked(true)
    callAction({ name: "take_back", payload: { turn: props.turn, key: chip.key, text: chip.text } })
  }
  return (
    <div className="understood flex flex-col gap-1" ref={shown}>
      {props.again ? <p className="text-sm text-muted-foreground">{props.again}</p> : null}
      <ul className="flex flex-wrap gap-1.5" aria-label={props.title}>
        {props.chips.map((chip) => (
          <li key={chip.text} className="inline-flex items-center rounded-full border bg-card px-3 py-1 text-sm">
            <span>{chip.text}</span>
            {chip.key ? (
              <button
                type="button"
                className="-mr-1.5 ml-1 rounded-full p-1 text-muted-foreground hover:bg-accent disabled:opacity-40"
                aria-label={chip.remove}
                title={chip.remove}
                disabled={asked}
                onClick={() => remove(chip)}
              >
                <X className="h-3.5 w-3.5" aria-hidden="true" />
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  )
}
