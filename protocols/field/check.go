package field

import "fmt"

// Check tells whether the tree keeps its invariants for a message of size
// bytes: spans lie inside their parent's, siblings stand in order and do not
// overlap, every field has a name, a target lies in the message, and the
// leaves cover all of it. The error names the first place that does not.
func Check(fields []Field, size int) error {
	return check(fields, Span{0, size * 8}, size*8, "message")
}

func check(fields []Field, in Span, bits int, path string) error {
	at := in.Start
	for i := range fields {
		f := &fields[i]
		here := path + " / " + f.Name
		switch {
		case f.Name == "":
			return fmt.Errorf("%s: field %d has no name", path, i)
		case f.Span.End < f.Span.Start:
			return fmt.Errorf("%s: span %v runs backwards", here, f.Span)
		case !in.Contains(f.Span):
			return fmt.Errorf("%s: span %v lies outside its parent's %v", here, f.Span, in)
		case f.Span.Start < at:
			return fmt.Errorf("%s: span %v overlaps the field before it", here, f.Span)
		case f.Span.Start > at:
			return fmt.Errorf("%s: bits %d to %d before it belong to no field", here, at, f.Span.Start)
		case f.Target != Span{} && !(Span{0, bits}).Contains(f.Target):
			return fmt.Errorf("%s: target %v lies outside the message", here, f.Target)
		}
		if len(f.Fields) > 0 {
			if err := check(f.Fields, f.Span, bits, here); err != nil {
				return err
			}
		}
		at = f.Span.End
	}
	if at != in.End {
		return fmt.Errorf("%s: bits %d to %d at its end belong to no field", path, at, in.End)
	}
	return nil
}
